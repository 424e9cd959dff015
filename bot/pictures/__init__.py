"""Pictures: what a chart says, where it stands on the canvas, and how it is drawn.

Only `drawing` and `fonts` know Pillow, and only `studio` imports them, when the first
picture is asked for.
"""
