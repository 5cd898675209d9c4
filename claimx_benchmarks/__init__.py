"""Measurements of speed and memory, printed beside a yardstick: ``python -m claimx_benchmarks speed``."""
