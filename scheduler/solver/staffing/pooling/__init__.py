"""Gaps of wide seasons: classes that ask alike as pools, filled week by week, and dealt out."""
