"""Questions about the grades of an authority over time: "Has it ever been inadequate, and has it improved since?"."""
