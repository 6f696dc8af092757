#!/bin/sh
# Nothing but curl. URL is the server's, TOKEN a reporter's of Mường Ảng (102).
set -eu
URL=${URL:-http://127.0.0.1:4000/graphql}
tag=$(mktemp)
trap 'rm -f "$tag"' EXIT

echo '# a query'
curl -sS "$URL" -H 'content-type: application/json' \
  -d '{"query": "query ($code: String!) { unit(code: $code) { name } }", "variables": {"code": "102"}}'

echo
echo '# the same by its address, which a cache on the way may keep'
curl -sS -G "$URL" --data-urlencode 'query={ unit(code: "102") { name } }' --etag-save "$tag" -w '\n%{http_code}\n'

echo '# again: only if it has changed'
curl -sS -G "$URL" --data-urlencode 'query={ unit(code: "102") { name } }' --etag-compare "$tag" -w '%{http_code}\n'

echo '# any query as a table'
curl -sS -G "$URL" -H 'accept: text/csv' --data-urlencode 'query={ units(level: DISTRICT, first: 2) { nodes { code name } } }'

echo '# figures in, with a token'
curl -sS "$URL" -H 'content-type: application/json' -H "authorization: Bearer ${TOKEN:-}" -d '{
  "query": "mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } measurements { value unit { name } } } }",
  "variables": {"input": {"unit": "102", "year": 2022, "asOf": "2022-09-30", "status": "OFFICIAL", "source": "Thử: số liệu bịa của một ví dụ",
    "reason": "thử", "values": [{"indicator": "doctors", "value": 12.4}]}}
}'
echo
