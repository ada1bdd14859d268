"""The panel: mounts a chart in the page, repaints it in place, and saves it as a picture.

`mount.show` draws with Plotly in a component of its own, for `st.plotly_chart` puts another element in the place of a
chart whenever its figure changes: it would flicker, and lose its zoom and its focus.
"""
