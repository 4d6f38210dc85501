#!/bin/sh
# The repository speaks of the product: no folder of one machine, no address of a package host, no
# trace of the tools it was written with. The words are kept turned by 13 letters, so that this file
# passes itself.
. "$(dirname "$0")/lint.sh"
words=$(tr 'a-zA-Z' 'n-za-mN-ZA-M' <<'END'
/jbex/|/ubzr/|\.\./funerq|[^n-m]ebbg/\.|pynhqr|naguebcvp|bcranv|pungtcg|pbcvybg|fhontrag|yyz[^n-m]|nv nffvfgnag|cebzcgrq|qro\.qrovna\.bet|clcv\.bet|pb-nhguberq-ol|trarengrq jvgu|guvf frffvba|frffvba'f
END
)
tracked . | grep -vE '^(LICENSE|tests/lint/words\.sh)$' | tr '\n' '\0' |
    xargs -0 grep -niIE -- "$words" /dev/null >>"$found" || true
finish
