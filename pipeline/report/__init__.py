"""Stage 8: everything → reports/: tables, pages in each language, figures, Markdown.

    measured = reports / "metrics.json"
    site = pages.Site(
        corpus,
        found,
        PUBLISHED,
        {language: figures.draw(found, params, language) for language in LANGUAGES},
        params,
        json.loads(measured.read_text(encoding="utf-8")) if measured.is_file() else {},
    )
    pages.write(site, reports)
