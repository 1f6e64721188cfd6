"""Words that say why somebody comes: none of them may be in a mail or a calendar."""

import re

ENGLISH = """
    stem cell cells disc disk discs spine spinal pain pains back backs lumbar vertebra nerve
    treatment treatments treat therapy injection injections consultation consult surgery surgeon
    operation diagnosis diagnoses disease condition symptom symptoms opinion primer scan scans mri
    regenerative marrow fat clinical trial study health medical patient orthopedic orthopaedic
""".split()  # noqa: SIM905  a list to read
SPANISH = """
    célula células madre disco discos columna espinal dolor dolores espalda lumbar vértebra nervio
    tratamiento tratamientos terapia inyección inyecciones consulta cirugía cirujano operación
    diagnóstico enfermedad síntoma síntomas guía resonancia radiografía médula grasa ensayo estudio
    salud médica paciente
""".split()  # noqa: SIM905  a list to read


def telling(text: str) -> set[str]:
    """Return the words of a text that say too much, in either language."""
    left_out = r"https?://\S+|dolor de cabeza"  # a headache must not wait, whyever one comes
    words = re.findall(r"\w+", re.sub(left_out, "", text.casefold()))
    return set(words) & {*ENGLISH, *SPANISH}
