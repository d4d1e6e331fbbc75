const [elements, indexes, detail] = argument;
indexes.forEach((index) => add(elements[index], detail));
