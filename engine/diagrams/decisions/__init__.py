"""Decision tables: cells of a closed language, asked by the diagram; and the law beside what is drawn."""
