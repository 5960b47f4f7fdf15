"""The exit codes, and which error ends a command with which."""

from itbkg.errors import (
    BuildBusyError,
    BuildFolderError,
    DeprecatedWordError,
    EmptySelectionError,
    ExportError,
    ExportFormatError,
    ItbkgError,
    MissingExtraError,
    NotFoundError,
    OntologyError,
    ParameterError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    ReasonerError,
    RecordError,
    RemoteStoreError,
    SelectionError,
    SettingsError,
    TeachingError,
    ThinCaseError,
    UnknownWordError,
)

DONE, FAILED, USAGE, FINDINGS, NOT_FOUND, TIME_LIMIT = range(6)

EXIT_CODES: dict[type[ItbkgError], int] = {
    ItbkgError: FAILED,
    SettingsError: USAGE,
    OntologyError: FAILED,
    RecordError: FINDINGS,
    NotFoundError: NOT_FOUND,
    UnknownWordError: NOT_FOUND,
    DeprecatedWordError: NOT_FOUND,
    BuildFolderError: FAILED,
    BuildBusyError: FAILED,
    RemoteStoreError: FAILED,
    ExportError: FAILED,
    ExportFormatError: USAGE,
    MissingExtraError: FAILED,
    TeachingError: FINDINGS,
    ThinCaseError: FINDINGS,
    SelectionError: USAGE,
    EmptySelectionError: NOT_FOUND,
    QueryError: USAGE,
    QuerySyntaxError: USAGE,
    QueryRefusedError: USAGE,
    ParameterError: USAGE,
    ReasonerError: FAILED,
}


def exit_code(error: ItbkgError) -> int:
    """Return the exit code of an error: that of the nearest class of its kind in the table."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
