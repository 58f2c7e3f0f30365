"""A password on a paper. The one module that knows pikepdf, which writes with qpdf.

A password keeps the paper from being opened by whoever comes across the file. It does not keep the one who
knows it from copying, printing or passing it on, and a short one can be guessed.
"""

from __future__ import annotations

import io

SHORTEST = 12  # letters; shorter ones are guessed by a machine


class WeakPassword(ValueError):
    """A password that protects nothing. The message is for the user."""


def check(password: str) -> None:
    """Raise `WeakPassword` for one that is too short or too long for the format."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Lösenordet är för kort. Använd minst {SHORTEST} tecken, gärna fyra vanliga ord.")
    if len(password.encode()) > 127:
        raise WeakPassword("Lösenordet är för långt. Använd högst 120 tecken.")


def protected(paper: bytes, password: str, owner: str) -> bytes:
    """The same paper, AES-256 encrypted (PDF 2.0, revision 6), metadata too, and open to screen readers.

    `owner` is the secret that would change what is allowed; nobody needs to know it.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(paper)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            for claim in ("pdfaid:part", "pdfaid:conformance"):  # an archive file may have no password
                if claim in told:
                    del told[claim]
        allowed = pikepdf.Permissions(
            accessibility=True, extract=True, modify_annotation=True, modify_assembly=False, modify_form=True,
            modify_other=False, print_lowres=True, print_highres=True,
        )  # fmt: skip
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=owner, R=6, allow=allowed))
    return out.getvalue()
