"""Pictures with words in them."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


def picture_of(text: str, *, kind: str = "PNG", size: tuple[int, int] = (640, 120), letters: int = 24) -> bytes:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((20, 30), text, fill="black", font=ImageFont.load_default(letters))
    written = BytesIO()
    picture.save(written, kind)
    return written.getvalue()
