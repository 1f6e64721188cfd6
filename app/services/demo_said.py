"""The demonstration clinic's own words in its other languages."""

CLINIC = {
    "es": {
        "tagline": "cuidado de la columna",
        "nurse_line": "la línea de enfermería de Harbor Clinic, (865) 555-0199,",
    }
}
LOCATIONS = (
    {
        "es": {
            "directions": "Segundo piso, ascensor junto a la puerta. Sin escalones por Dock Lane."
        }
    },
    {"es": {"directions": "Planta baja. Estacionamiento detrás de la casa."}},
)
CLINICIANS = (
    {"es": {"about": "Atiende en Knoxville, de lunes a jueves."}},
    {"es": {"about": "Atiende solo por video."}},
    {"es": {"about": "Atiende en Nashville, y también un viernes sí y otro no."}},
    {"es": {"about": "En Knoxville y en Nashville, en días distintos."}},
    {"es": {"about": "En Nashville por la tarde, en Knoxville los lunes."}},
)
VISIT_TYPES = (
    {
        "es": {
            "name": "Consulta sobre células madre",
            "about": "Hable con un médico de columna sobre las inyecciones de células madre"
            " y sus otras opciones.",
        }
    },
    {
        "es": {
            "name": "Consulta general de columna",
            "about": "Para cualquier problema de espalda o de cuello. No hace falta leer.",
        }
    },
    {
        "es": {
            "name": "Seguimiento por video",
            "about": "Una conversación corta por video después de una consulta anterior.",
        }
    },
    {
        "es": {
            "name": "Segunda opinión",
            "about": "Otra mirada a lo que aconsejó otro médico.",
        }
    },
)
