#!/bin/sh
# What we say in FHIR, read by the JSON Schema of HL7 (draft-06, ../shared).  Needs BUILD/tests/unit/registry/test_fhir and python3-jsonschema.
cd "$(dirname "$0")" || exit 1
BUILD=$(cd ../.. && realpath "${BUILD:-build}")
SCHEMA=${RENKEI_SHARED:-../../../shared}/data/fhir-r4/fhir.schema.json.xz
test -e "$SCHEMA" || { echo "1..0 # SKIP the schema of FHIR R4 is not beside the checkout"; exit 0; }
python3 -c 'import jsonschema' 2>/dev/null || { echo "1..0 # SKIP python3-jsonschema is not installed"; exit 0; }
"$BUILD/tests/unit/registry/test_fhir" print | exec python3 -W ignore fhir.py "$SCHEMA"
