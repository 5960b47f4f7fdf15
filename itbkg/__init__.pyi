from itbkg.python import Graph as Graph
from itbkg.python import open as open  # noqa: A004 - the door's name, as in other libraries

__version__: str
