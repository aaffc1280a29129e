# Intune asks whether the agent is installed and runs: something printed and exit status 0 says yes. Not run by us.
$service = Get-Service -Name GatehouseAgent -ErrorAction SilentlyContinue
if ($service -and $service.Status -eq "Running") { Write-Output "Gatehouse agent runs"; exit 0 }
exit 1
