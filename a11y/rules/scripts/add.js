const [elements, indexes, detail] = argument;
for (const index of indexes) {
  add(elements[index], detail);
}
