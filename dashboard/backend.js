// Tells Streamlit where its server is; else it asks below the address of the view first, and is answered with 404.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
