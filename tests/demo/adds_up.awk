# Reads the summary of a run (Chinese) and checks every sum that it shows. Says what differs; leaves
# with 1 if anything does, or if a line that should be there is not.
function number(text, last) { # the last number of a text
    last = 0
    gsub(/,/, "", text)
    while (match(text, /[0-9]+/)) {
        last = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
    }
    return last + 0
}
function first(text) {
    gsub(/,/, "", text)
    match(text, /[0-9]+/)
    return substr(text, RSTART, RLENGTH) + 0
}
function same(what, a, b) {
    checks++
    if (a != b) {
        print what ": " a " is not " b
        wrong = 1
    }
}
BEGIN { FS = "  +" }
/^[✓✗]/ || /^✓/ || /^✗/ {
    feeds++
    for (i = 3; i <= 7; i++) {
        cell[i] = first($i)
        if ($1 !~ /✗/) # a refused file is no part of the total
            total[i] += cell[i]
    }
    same("rows of " $2, cell[3], cell[4] + cell[5] + cell[6] + cell[7])
}
/^  乡镇 / { # households, flagged, last time, change, unchecked, flags, high
    towns = 1
    next
}
towns && /^  合计/ {
    for (i = 3; i <= 9; i++)
        if (i != 5 && i != 6)
            same("towns, column " i, first($i), town[i])
    same("households by town", first($3), caseload)
    same("flagged households by town", first($4), in_households)
    same("flags by town", first($8), flags)
    towns = 0
    seen["towns"] = 1
    next
}
towns {
    for (i = 3; i <= 9; i++)
        town[i] += first($i)
}
/^ +合计/ {
    for (i = 3; i <= 7; i++)
        same("column " i, first($i), total[i])
    seen["total"] = 1
}
/^匹配/ {
    count = split($0, part, "，")
    sum = 0
    for (i = 1; i <= count; i++)
        sum += number(part[i])
    same("rows by strength of match", first($0), sum)
    seen["match"] = 1
}
/^疑点 / {
    flags = first($2)
    split($0, part, "：")
    split(part[2], half, "；")
    count = split(half[1], kind, "，")
    sum = 0
    for (i = 1; i <= count; i++)
        sum += number(kind[i])
    same("flags by kind", flags, sum)
    split($2, half, "，")
    in_households = number(substr(half[2], 1, index(half[2], "户")))
    seen["flags"] = 1
}
/^ +高 / {
    count = split($0, part, "，")
    sum = 0
    for (i = 1; i <= count; i++)
        sum += number(part[i])
    same("flags by severity", flags, sum)
    seen["severity"] = 1
}
/^  提示 +条 / { tags = 1 } # the rules below it raise no flags
/^  [A-Z]+-[0-9]+  / && !tags {
    rule_flags += first($4)
    seen["rule"] = 1
}
/^户数/ {
    count = split($0, part, "[=+]")
    sum = 0
    for (i = 2; i <= count; i++)
        sum += number(part[i])
    same("households by state", number(part[1]), sum)
    same("flagged households", in_households, number(part[2]))
    same("households of the caseload", caseload, sum)
    seen["households"] = 1
}
/^台账/ { caseload = first($0) }
END {
    if (seen["rule"])
        same("flags by rule", flags, rule_flags)
    for (i = split("total match flags severity rule households towns", need, " "); i; i--)
        if (!seen[need[i]]) {
            print "no line for: " need[i]
            wrong = 1
        }
    print feeds " feeds, " checks " sums"
    exit wrong
}
