"""The catalogue of a page's language, found once a request: the library would look for it again with every word."""

from collections.abc import Callable
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


class _OncePerRequest(Domain):
    def get_translations(self) -> NullTranslations:
        if not has_app_context():
            return NullTranslations()
        found: NullTranslations | None = g.get("catalogue")
        if found is None:
            found = g.catalogue = super().get_translations()
        return found


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
    app.jinja_env.globals |= dict.fromkeys(("_", "gettext"), _said(kept))


def _said(kept: Domain) -> Callable[..., str]:
    """What the library makes of a sentence, in one call instead of three: a page says a hundred of them."""

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **values: Any) -> str:
        found = kept.get_translations().ugettext(text)
        words = Markup(found) if context.autoescape else found  # noqa: S704  # our own catalogue, as the library does
        return words % values if "%" in found else words

    return gettext
