#!/bin/sh
# Prints what happened so far, and the cursor to go on with later: sh events.sh [CURSOR]
set -eu

cursor=${1:-}
has_more=true
while [ "$has_more" = true ]; do
  page=$(curl --silent --show-error --fail-with-body --get "$LEFTOFF_URL/api/v1/events" \
    --header "Authorization: Bearer $LEFTOFF_API_KEY" \
    --data limit=100 ${cursor:+--data-urlencode "cursor=$cursor"})
  printf '%s\n' "$page" | jq --raw-output '.data[] | "\(.occurred_at) \(.type) \(.inquiry_id)"'
  cursor=$(printf '%s\n' "$page" | jq --raw-output .next_cursor)
  has_more=$(printf '%s\n' "$page" | jq .has_more)
done

echo "cursor $cursor"
