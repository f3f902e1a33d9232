"""The catalogue of a page's language, found once a request: the library would look for it again with every word."""

from babel.support import NullTranslations
from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain


class _OncePerRequest(Domain):
    def get_translations(self) -> NullTranslations:
        if not has_app_context():
            return NullTranslations()
        if "catalogue" not in g:
            g.catalogue = super().get_translations()
        return g.catalogue  # type: ignore[no-any-return]  # g holds what was put there


def register(app: Flask, babel: Babel) -> None:
    """Gives pages and sentences the catalogue of their request."""
    kept = babel.domain_instance = _OncePerRequest()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension the library adds
        gettext=lambda text: kept.get_translations().ugettext(text),
        ngettext=lambda one, many, n: kept.get_translations().ungettext(one, many, n),
        pgettext=lambda context, text: kept.get_translations().upgettext(context, text),
        npgettext=lambda context, one, many, n: kept.get_translations().unpgettext(context, one, many, n),
        newstyle=True,
    )
