#!/bin/sh
# sm_mktpl: what it refuses in templates and catalogues.  What it writes is
# read by view_test.
#   mktpl_test.sh SM_MKTPL
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fails=0
mkdir "$dir/out" "$dir/keys"

fail()
{
    echo "FAIL: $*"
    fails=$((fails + 1))
}

# build TEXT [RO [BG]]: a template and what to add to the catalogues.
build()
{
    printf '{{%%AUTOESCAPE context="HTML"}}\n%s\n' "$1" >"$dir/x.tpl"
    { cat "$here/ro.po"; printf '\n%s\n' "${2-}"; } >"$dir/ro.po"
    { cat "$here/bg.po"; printf '\n%s\n' "${3-${2-}}"; } >"$dir/bg.po"
    "$tool" --base "$dir" --keys "$dir/keys" --po ro="$dir/ro.po" \
        --po bg="$dir/bg.po" --out "$dir/out" "$dir/x.tpl" 2>"$dir/err"
}

# refuse WHAT TEXT [RO [BG]]
refuse()
{
    what=$1
    shift
    if build "$@"; then
        fail "accepted: $1"
    elif ! grep -qF -- "$what" "$dir/err"; then
        fail "expected \"$what\", got: $(cat "$dir/err")"
    fi
}

accept()
{
    build "$@" || fail "refused: $1: $(cat "$dir/err")"
}

same='msgid "Pay {{SUM}} <b>now</b>"
msgstr "<b>Acum</b> {{SUM}}"'

accept '<p>[[Pay {{SUM}}
   <b>now</b>]]</p>' "$same"
grep -qF '<p><b>Acum</b> {{SUM}}</p>' "$dir/out/ro/x.tpl" || fail "translation"
grep -qF '<p>Pay {{SUM}} <b>now</b></p>' "$dir/out/en/x.tpl" || fail "English"
grep -qF '    K_SUM,' "$dir/keys/keys.h" || fail "keys.h"

# All that is missing is listed at once, and can be pasted.
refuse 'x.tpl:2: ro: "One" has no translation' '[[One]] [[Two]]'
for line in 'x.tpl:2: bg: "Two" has no translation' 'msgid "One"' \
    'msgid "Two"' 'lib/text/bg'; do
    grep -qF -- "$line" "$dir/err" || fail "not listed: $line"
done
sed -n '1,/lib.text.bg/{/^#: /,/^$/p}' "$dir/err" | msgfmt -o /dev/null - ||
    fail "the list cannot be pasted"

refuse 'is marked as fuzzy' '[[One]]' '#, fuzzy
msgid "One"
msgstr "Unu"'
refuse 'has no translation' '[[One]]' 'msgid "One"
msgstr ""'
refuse 'other markers or tags' '[[Pay {{SUM}} <b>now</b>]]' \
    'msgid "Pay {{SUM}} <b>now</b>"
msgstr "Acum {{SUM}}"'
refuse 'other markers or tags' '[[Pay {{SUM}} <b>now</b>]]' \
    'msgid "Pay {{SUM}} <b>now</b>"
msgstr "<b>Acum</b> {{SUMA}}"'
refuse 'other markers or tags' '[[One]]' 'msgid "One"
msgstr "<i>Unu</i>"'
refuse 'ro: "{{M}} day" lacks a plural form' '[[M: {{M}} day|{{M}} days]]' \
    'msgid "{{M}} day"
msgid_plural "{{M}} days"
msgstr[0] "o zi"
msgstr[1] "{{M}} zile"'
refuse 'other markers or tags' '[[M: {{M}} day|{{M}} days]]' \
    'msgid "{{M}} day"
msgid_plural "{{M}} days"
msgstr[0] "o zi"
msgstr[1] "zile"
msgstr[2] "{{M}} de zile"' 'msgid "{{M}} day"
msgid_plural "{{M}} days"
msgstr[0] "den"
msgstr[1] "{{M}} dni"'
refuse 'another plural in the catalogue' '[[M: {{M}} day|{{M}} days]]' \
    'msgid "{{M}} day"
msgstr "o zi"'
refuse 'has another plural at x.tpl:2' '[[Open]] [[M: Open|Opens]]'
refuse 'ro.po:' '[[Open]]' 'msgid "unclosed'
refuse 'is there twice' '[[Open]]' 'msgid "Open"
msgstr "x"'

refuse 'x.tpl:3: {{/B}}, but open is A' '{{#A}}
{{/B}}'
refuse '{{#A}} is not closed' '{{#A}}'
refuse '{{/A}}, but open is nothing' '{{/A}}'
refuse 'not a name in capitals' '{{sum}}'
refuse 'not a name in capitals' '{{=<% %>=}}'
refuse 'the only modifier is :u' '{{SUM:none}}'
refuse 'a picture stands between tags' '<p title="{{SUM:x-svg}}">'
refuse 'a picture stands between tags' '[[Pay {{SUM:x-svg}} now]]'
refuse 'the only modifier is :u' '{{SUM:x-svgs}}'
refuse 'the text of a text area' '<p>{{SUM:p}}</p>'
refuse 'the text of a text area' '<p title="{{SUM:p}}">'
refuse 'the only modifier is :u' '[[Pay {{SUM:none}} <b>now</b>]]'
refuse 'a name that plurals use' '{{N__0}}'
refuse '{{ is not closed' '{{SUM'
refuse '[[ is not closed' '[[SUM'
refuse 'stand in a quoted attribute' '<p class={{SUM}}>'
refuse 'stand in a quoted attribute' '<p {{SUM}}>'
refuse 'quoted attribute' '<p [[Open]]>'
refuse 'in the attribute on*' '<p onclick="{{SUM}}">'
refuse 'in the attribute style' "<p style = 'a{{SUM}}'>"
refuse 'in the attribute formaction' '<button formaction="{{SUM}}">'
refuse 'ends within a tag' '<p class="a'
refuse 'a tag in the text of an attribute' '<p title="[[a <b>b</b>]]">'
refuse 'a tag is not closed' '[[a <b]]'
refuse 'an empty text' '[[  ]]'
refuse 'is no context' '[[Verb|Open]]'
refuse 'more than two forms' '[[N: a | b | c]]'
refuse 'there is no _x.tpl' '{{>_x}}'
refuse '{{>_name}} stands' '{{>x}}'
accept '<p class="a{{#SUM}} b{{/SUM}}"{{#SUM}} hidden{{/SUM}}>[[verb|Open]]</p>'

printf '<p>x</p>\n' >"$dir/raw.tpl"
if "$tool" --extract "$dir/x.pot" "$dir/raw.tpl" 2>"$dir/err"; then
    fail "a template without the first line"
fi

cp "$dir/x.tpl" "$dir/x.txt.tpl"
if "$tool" --extract "$dir/x.pot" "$dir/x.txt.tpl" 2>"$dir/err"; then
    fail "a plain text with the first line of HTML"
fi

# A partial that includes itself, by way of another.
printf '{{%%AUTOESCAPE context="HTML"}}\n{{>_b}}\n' >"$dir/_a.tpl"
printf '{{%%AUTOESCAPE context="HTML"}}\n{{>_a}}\n' >"$dir/_b.tpl"
if "$tool" --keys "$dir/keys" --po ro="$here/ro.po" --po bg="$here/bg.po" \
    --out "$dir/out" "$dir/_a.tpl" "$dir/_b.tpl" 2>"$dir/err"; then
    fail "a partial within itself"
fi
grep -qF 'includes itself' "$dir/err" || fail "$(cat "$dir/err")"

# The texts for translators, and the check of a file of them.
"$tool" --base "$here" --extract "$dir/x.pot" "$here"/templates/*.tpl
msgfmt -o /dev/null "$dir/x.pot" || fail "the .pot file is malformed"
grep -qF '#: templates/plural.tpl:2 templates/plural.tpl:2' "$dir/x.pot" ||
    fail "references"
"$tool" --check "$dir/x.pot" --unused --po ro="$here/ro.po" \
    --po bg="$here/bg.po" >"$dir/unused" || fail "check of a full catalogue"
grep -qxF 'ro: nothing uses "Pay now"' "$dir/unused" || fail "unused"
printf '\nmsgid "Brand new"\nmsgstr ""\n' >>"$dir/x.pot"
if "$tool" --check "$dir/x.pot" --po ro="$here/ro.po" --po bg="$here/bg.po" \
    2>"$dir/err"; then
    fail "check of a catalogue that lacks one"
fi
[ "$fails" -eq 0 ]
