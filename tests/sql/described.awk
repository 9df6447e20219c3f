# Compares what psql described with what the headers of sql/queries say.
function check() {
    if (name != "" && got != want) {
        printf "%s: returns %s, the header says %s\n", name, got, want
        bad = 1
    }
    got = ""
}
BEGIN {
    long["timestamp with time zone"] = "timestamptz"
}
/^== want/ { sub(/^== want ?/, ""); want = $0; next }
/^== / { check(); name = substr($0, 4); want = ""; next }
/\|/ { kind = ($2 in long) ? long[$2] : $2
    got = got (got == "" ? "" : ", ") $1 " " kind }
END { check(); exit bad }
