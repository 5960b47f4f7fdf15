"""The graph as networks: the causal chain of a case, the chains of all merged, what comes together, like cases.

The chain of one case is offered here. The views over many cases (`views`) and the likeness of cases (`similar`) stand
on `itbkg.cases`, which itself tells chains, and are imported by their own names.
"""

from itbkg.network.chain import causal_chain, causal_chains, causal_paths

__all__ = ["causal_chain", "causal_chains", "causal_paths"]
