{{%AUTOESCAPE context="HTML"}}
{{! How every page begins: this, its own title element, _top, its main
  element, _foot.  docs/CONVENTIONS.md shows a whole page.  The markers of
  these partials are set by cgi/shared/layout.c; the classes that exist are
  listed at the top of cgi/static/smetka.css. }}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<link rel="stylesheet" href="{{ASSET_CSS}}">
{{#THEME}}
<link rel="stylesheet" href="{{THEME_URL}}">
{{/THEME}}
<link rel="icon" href="{{ASSET_ICON}}" type="image/svg+xml">
