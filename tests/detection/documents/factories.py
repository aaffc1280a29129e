"""Small documents of every kind, made here; each takes the words that are to stand in its places."""

import io
import zipfile
from collections.abc import Mapping

OFFICE = "application/vnd.openxmlformats-officedocument"
W = 'xmlns:w="urn:w" xmlns:mc="urn:mc" xmlns:wp="urn:wp"'
MAIN = {
    "word": f"{OFFICE}.wordprocessingml.document.main+xml",
    "xl": f"{OFFICE}.spreadsheetml.sheet.main+xml",
    "ppt": f"{OFFICE}.presentationml.presentation.main+xml",
}


def zipped(entries: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(folder: str, parts: Mapping[str, str | bytes], main: str = "") -> bytes:
    """``main``: another type of the main part, as of a template or one with macros."""
    types = f'<Types><Override PartName="/x" ContentType="{main or MAIN[folder]}"/></Types>'
    return zipped({"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>", **parts})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(text: str = "rivers of wales", main: str = "", **more: str | bytes) -> bytes:
    """``more``: other parts, "__" in their names for "/" and "_xml" for ".xml"."""
    parts = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in more.items()}
    return office("word", {"word/document.xml": f"<w:document {W}>{paragraph(text)}</w:document>", **parts}, main)


def odt(content: str, **parts: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document xmlns:o="urn:o" xmlns:text="urn:t">{content}</o:document>',
            **{name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()},
        }
    )


def pdf(*pages: str, info: str = "", note: str = "") -> bytes:
    """Written by hand: each page says its words, ``note`` is a remark on each."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /Title ({info}) >>")
    kids = []
    for words in pages:
        drawn = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        remark = f"/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({note}) >>]" if note else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents {len(objects)} 0 R {remark} "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _with_table(objects)


def _with_table(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
