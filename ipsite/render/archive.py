"""A paper that is to be read aloud (PDF/UA-1) and kept for long (PDF/A-2a) in one file.

WeasyPrint can write either identification, not both, so the one of PDF/UA is put beside the other. PDF/A
demands that a schema it does not know itself is described where it is used.
"""

from __future__ import annotations

from typing import Any

VARIANT = "pdf/a-2a"
_END = b"</rdf:RDF>"
_PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def say_both(metadata: Any) -> None:
    """Make a document's metadata say PDF/UA-1 too, beside what WeasyPrint says."""
    plain = metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        written: bytes = plain(*arguments)
        return written.removesuffix(_END) + _PDF_UA + _END

    metadata.generate_rdf_metadata = both
