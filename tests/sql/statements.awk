# sql/queries/*.sql -> a psql script that prepares every statement with the
# parameter types of its header and describes what it returns:
#   == NAME
#   == want COLUMN TYPE ...
#   COLUMN|TYPE ...
function flush_statement() {
    if (name == "")
        return
    sub(/;[ \t\n]*$/, "", body)
    printf "\\echo == %s\n", name
    if (body ~ /^COPY /) { # has no parameters and cannot be prepared
        name = ""
        return
    }
    printf "PREPARE q%s AS %s;\nDEALLOCATE q;\n",
        types == "" ? "" : " (" types ")", body
    for (i = count; i >= 1; i--)
        gsub("\\$" i, "(NULL::" type[i] ")", body)
    printf "\\echo == want %s\n", columns
    printf "%s \\gdesc\n", body
    name = ""
}
function pairs(text, out,    n, i, part, word) {
    n = split(text, part, /, */)
    for (i = 1; i <= n; i++) {
        split(part[i], word, / +/)
        out[i] = word[2]
    }
    return n
}
/^-- name: / { flush_statement(); name = $3; body = ""; types = ""
    columns = ""; count = 0; next }
/^-- params: / { sub(/^-- params: /, ""); count = pairs($0, type)
    types = type[1]
    for (i = 2; i <= count; i++)
        types = types ", " type[i]
    next }
/^-- columns: / { sub(/^-- columns: /, ""); columns = $0; next }
/^--/ { next }
name != "" { body = body $0 "\n" }
END { flush_statement() }
