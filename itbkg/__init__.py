"""itbkg: a knowledge graph of published cases of intrathecal baclofen therapy going wrong.

For research and teaching, not for treatment decisions.
"""

__version__ = "0.1.0"
