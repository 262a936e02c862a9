"""The tests mirror the house: a room's tests stand in the folder of its name."""
