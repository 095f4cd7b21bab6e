"""Each line of standard input is a resource: validated against its definition, and again with something wrong in it."""
import json
import lzma
import sys

from jsonschema import Draft6Validator

schema = json.load(lzma.open(sys.argv[1]))
validators = {}
count = 0


def errors(resource):
    kind = resource.get("resourceType")
    if kind not in validators:
        validators[kind] = Draft6Validator({"definitions": schema["definitions"], "$ref": f"#/definitions/{kind}"})
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in validators[kind].iter_errors(resource)]


def ok(good, name, found=()):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    for one in found:
        print(f"# {one}")


resources = [json.loads(line) for line in sys.stdin]
for resource in resources:
    # the entries of a Bundle one by one: the whole of it is held against every resource there is and says nothing about which
    inner = [entry.pop("resource") for entry in resource.get("entry", [])]
    if "fhirVersion" in resource:
        ok(resource["fhirVersion"] == "4.0.1", "it is R4 with its errata")
        resource["fhirVersion"] = "4.0.0"  # the newest this copy of the schema knows
    for one in [resource, *inner]:
        found = errors(one)
        ok(not found, f"A-36 {one['resourceType']} {one.get('id', '')} is as HL7's schema says", found)
kinds = {one["resourceType"] for one in resources}
ok(kinds == {"Organization", "Location", "HealthcareService", "PractitionerRole", "Bundle", "CapabilityStatement"}, "every kind was there", [str(kinds)])
ok(errors({**resources[0], "color": "red"}), "an element that FHIR does not have would be found")
ok(errors({**resources[0], "active": "yes"}), "a wrong type would be found")
print(f"1..{count}")
