# Build the agent's MSI on Windows: .\build.ps1 -PythonZip python-3.13.x-embed-amd64.zip -Out FOLDER
# Written from the makers' documentation and not run by us: docs/agent-install.md. Needs Python 3.13 with pip for the building, and WiX 4 or later
# with its Util extension (wix extension add WixToolset.Util.wixext). -PythonZip is the embeddable package from python.org, checked by you.
param([Parameter(Mandatory)] [string] $PythonZip, [Parameter(Mandatory)] [string] $Out, [string] $Certificate = "")
$ErrorActionPreference = "Stop"
$project = Resolve-Path "$PSScriptRoot\..\..\.."
$payload = Join-Path $env:TEMP "gatehouse-agent-payload"
Remove-Item -Recurse -Force -ErrorAction Ignore $payload
Expand-Archive $PythonZip $payload
Remove-Item "$payload\*._pth" # start.py says where packages are

py -3.13 -m pip install --no-deps --require-hashes --only-binary :all: --target "$payload\lib" -r "$project\requirements\agent.txt"
if ($LASTEXITCODE) { throw "a package is missing, or is not the one that requirements\agent.txt names" }
foreach ($part in "agent", "detection") { Copy-Item -Recurse "$project\$part" "$payload\program\$part" }
foreach ($part in "agent\packaging", "agent\linux", "agent\macos", "detection\model\training", "detection\model\corpus") {
    Remove-Item -Recurse -Force -ErrorAction Ignore "$payload\program\$part"
}
Push-Location "$payload\program"
$env:PYTHONPATH = "$payload\lib"
py -3.13 -B -m detection.shipped_library
Pop-Location
Remove-Item Env:\PYTHONPATH
if ($LASTEXITCODE) { throw "what is built of the library could not be made" }
py -3.13 -m compileall -q --invalidation-mode unchecked-hash "$payload\lib" "$payload\program"
Copy-Item "$PSScriptRoot\start.py.txt" "$payload\start.py"
Copy-Item "$PSScriptRoot\agent.toml" "$payload\agent.toml"

$version = (Select-String -Path "$project\pyproject.toml" -Pattern '^version = "(.*)"').Matches[0].Groups[1].Value
$msi = Join-Path $Out "gatehouse-agent_$version.msi"
wix build "$PSScriptRoot\gatehouse-agent.wxs" -arch x64 -ext WixToolset.Util.wixext -d "Payload=$payload" -d "Version=$version" -o $msi
if ($LASTEXITCODE) { throw "wix could not build it" }
if ($Certificate) { signtool sign /sha1 $Certificate /fd SHA256 $msi }
Write-Output $msi
