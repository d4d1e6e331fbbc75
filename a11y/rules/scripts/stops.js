return findStops();
