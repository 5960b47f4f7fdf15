"""The kinds of problem that an answer can name, each a page: https://w3id.org/itbkg/problems/not-acceptable."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from itbkg.namespaces import BASE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the usual status, a title, what it means, and what a client does about it."""

    slug: str
    status: HTTPStatus
    title: str
    explanation: str
    mend: str

    @property
    def iri(self) -> str:
        """What stands as `type` in a problem document."""
        return f"{BASE}problems/{self.slug}"


_KINDS = (
    Kind(
        "bad-request",
        HTTPStatus.BAD_REQUEST,
        "The request cannot be read",
        "A header, a form or a body is not what HTTP or the SPARQL protocol asks for.",
        "Mend what `detail` names.",
    ),
    Kind(
        "unreadable-address",
        HTTPStatus.BAD_REQUEST,
        "The address cannot be taken",
        "A path or parameter is not UTF-8, is too long, or has characters that cannot be seen: controls, or marks that "
        "turn the direction of a line.",
        "Leave out what `detail` names; `parameter` says where.",
    ),
    Kind(
        "invalid-parameter",
        HTTPStatus.BAD_REQUEST,
        "A parameter cannot be used",
        "There is no parameter of that name here, or it does not take that value. The status is 422 where the value is "
        "of the wrong kind, such as a word for a number, and 400 otherwise.",
        "Read `errors`: each names a parameter and what is wrong with it. The API's description lists what there is.",
    ),
    Kind(
        "no-such-address",
        HTTPStatus.NOT_FOUND,
        "Nothing is at this address",
        "The path is none of this service.",
        "Look it up in the API's description, at /docs.",
    ),
    Kind(
        "unknown-name",
        HTTPStatus.NOT_FOUND,
        "Nothing has this name",
        "The graph knows no case, publication, document, question or word of this name.",
        "Take one of `nearest`, the known names most like it, or look through the list.",
    ),
    Kind(
        "no-such-form",
        HTTPStatus.NOT_FOUND,
        "There is no such form",
        "The suffix names a form in which this cannot be had.",
        "Take one of the forms that `detail` lists.",
    ),
    Kind(
        "not-installed",
        HTTPStatus.NOT_IMPLEMENTED,
        "This server lacks what writes this form",
        "A library that this form needs is not installed beside the server.",
        "Ask for another form, or whoever runs the server to install what `detail` names.",
    ),
    Kind(
        "nothing-chosen",
        HTTPStatus.NOT_FOUND,
        "Nothing was chosen",
        "No case fulfils all conditions, or the query gives no triple: a file without content would say nothing.",
        "Ask for less; `/api/v1/cases` takes the same conditions and says how many cases fulfil each.",
    ),
    Kind(
        "method-not-allowed",
        HTTPStatus.METHOD_NOT_ALLOWED,
        "The method does nothing here",
        "The graph is only read: GET and HEAD, and POST for a SPARQL query.",
        "Use a method that the `Allow` header lists.",
    ),
    Kind(
        "not-acceptable",
        HTTPStatus.NOT_ACCEPTABLE,
        "No form of the answer is acceptable",
        "The `Accept` header takes none of the forms in which this can be had.",
        "Accept one of the forms that `detail` lists.",
    ),
    Kind(
        "too-slow",
        HTTPStatus.REQUEST_TIMEOUT,
        "The request was not sent in time",
        "The head or the body of the request took too long to arrive.",
        "Send it again, at once.",
    ),
    Kind(
        "request-too-large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The request is too large",
        "The body has more bytes than are read.",
        "Send less; `detail` says how much is read.",
    ),
    Kind(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "The body is of a kind that is not read",
        "The endpoint reads a form or a SPARQL query, in UTF-8.",
        "Send one of the media types that the `Accept-Post` header lists.",
    ),
    Kind(
        "query-syntax",
        HTTPStatus.BAD_REQUEST,
        "The query is not SPARQL 1.1",
        "The parser stopped; `line` and `column` say where, if it names the place.",
        "Mend the query there.",
    ),
    Kind(
        "query-refused",
        HTTPStatus.FORBIDDEN,
        "The query asks for what is not allowed",
        "Updates and SERVICE are refused, and so is a query whose text is beyond the limits.",
        "Ask without them; the limits stand in the `Itbkg-Limits` header.",
    ),
    Kind(
        "query-failed",
        HTTPStatus.BAD_REQUEST,
        "The query cannot be answered",
        "The query is SPARQL and has no answer here.",
        "Ask otherwise; `detail` says what is the matter.",
    ),
    Kind(
        "time-limit",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query ran for too long",
        "A query is ended when it has run for as long as one may. Nothing of its answer is sent.",
        "Ask for less: name classes, leave out paths without an end, add a LIMIT.",
    ),
    Kind(
        "memory-limit",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query took too much memory",
        "A query is ended when it takes more memory than one may. Nothing of its answer is sent.",
        "Ask for less: sort, group or join fewer rows.",
    ),
    Kind(
        "answer-too-large",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The answer is too large",
        "The answer has more bytes than one may have. A part of it would look like the whole, so none is sent.",
        "Ask page by page with LIMIT and OFFSET, or take an export of the whole.",
    ),
    Kind(
        "busy",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Too many queries at once",
        "All workers are at work, and as many queries wait as may.",
        "Ask again after the seconds that `Retry-After` names.",
    ),
    Kind(
        "not-ready",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The service is not ready",
        "The graph or the workers cannot be used now.",
        "Ask again later; /health/ready says when it is.",
    ),
    Kind(
        "endpoint-elsewhere",
        HTTPStatus.BAD_GATEWAY,
        "The endpoint that holds the graph failed",
        "This service serves a graph that another SPARQL endpoint holds, and that one did not answer as one must.",
        "Ask again later.",
    ),
    Kind(
        "invalid-record",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A record has problems",
        "A record does not say what one must; `detail` lists every problem.",
        "Mend the record.",
    ),
    Kind(
        "server-failed",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server failed",
        "Something happened that nobody foresaw. The server's log has the trace; the answer has nothing of it.",
        "Tell those who run the service what was asked and when.",
    ),
)
KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in _KINDS}

#: The kind of an error that is known by its status alone.
BY_STATUS: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.FORBIDDEN: "query-refused",
    HTTPStatus.NOT_FOUND: "no-such-address",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
    HTTPStatus.REQUEST_TIMEOUT: "too-slow",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "request-too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid-parameter",
    HTTPStatus.SERVICE_UNAVAILABLE: "not-ready",
    HTTPStatus.BAD_GATEWAY: "endpoint-elsewhere",
}
