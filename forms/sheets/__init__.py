"""The office's papers: content in, PDF bytes out; the same content gives the same bytes.

Each module is one paper: a frozen dataclass of its content and ``draw(content) -> bytes``.
Contents are plain values: everything that is text arrives as the text to print, instants are
UTC milliseconds (``*_ms``) beside the name of their time zone, dates are ISO text.

============================ ==================================================================
``lembar_disposisi``         ``LembarDisposisi``, ``Choice``, ``Act``
``kartu_kendali``            ``KartuKendali``, ``HandOver``
``buku_agenda``              ``BukuAgenda``, ``AgendaRow``, ``Seal``
``tindak_lanjut``            ``LaporanTindakLanjut``, ``FollowUp``, ``Person``
``surat_balasan``            ``SuratBalasan``
``receipt``                  ``Receipt``
``poster``                   ``Poster``, ``Step``, ``Contact``
``letterhead``               ``Letterhead``, ``HeadLine`` (shared)
``signature``                ``Signature`` (shared)
``specimens``                every paper filled in, to look at; ``specimens.draw("receipt")``
============================ ==================================================================

Below them: ``fonts`` (text made safe to set), ``kit`` (blocks that can be cut), ``press`` (pages and
PDF), ``parts`` (running heads, verification QR), ``qr``, ``logo``, ``arms``.
"""
