"""What reading costs and loses, measured beside other packages in one run. `python -m tests.benchmarks [NAME …]`."""
