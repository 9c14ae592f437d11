"""Questions about an authority's grades over time: "Has it ever been inadequate, and has it improved since?"."""
