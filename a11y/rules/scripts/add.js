const [elements, places, detail] = argument;
places.forEach((place) => add(elements[place], detail));
