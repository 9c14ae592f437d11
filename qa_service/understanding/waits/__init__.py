"""Questions about the time since an inspection, or from an inspection to its report. Start with ``of_interpretation``.

The grammar is in ``grammar``, and the values that it returns are in ``types``.
"""
