"""`python -m scheduler` is the `holiday-classes` command."""

from scheduler.cli import main

if __name__ == "__main__":
    main()
