"""What an earlier release left behind, under the present one."""
