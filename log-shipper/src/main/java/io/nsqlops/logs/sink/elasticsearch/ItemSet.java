package io.nsqlops.logs.sink.elasticsearch;

import java.util.Arrays;
import java.util.BitSet;

/** Items of a batch that are still to be delivered, in the order of the batch. Immutable. */
final class ItemSet {
  private static final ItemSet NONE = new ItemSet(new int[0]);

  private final int[] items;

  private ItemSet(int[] items) {
    this.items = items;
  }

  static ItemSet none() {
    return NONE;
  }

  static ItemSet all(int size) {
    int[] items = new int[size];
    for (int i = 0; i < size; i++) {
      items[i] = i;
    }
    return new ItemSet(items);
  }

  int size() {
    return items.length;
  }

  int item(int position) {
    return items[position];
  }

  ItemSet firstHalf() {
    return new ItemSet(Arrays.copyOfRange(items, 0, items.length / 2));
  }

  ItemSet secondHalf() {
    return new ItemSet(Arrays.copyOfRange(items, items.length / 2, items.length));
  }

  /** The items at these positions of this set. */
  ItemSet at(BitSet positions) {
    return new ItemSet(positions.stream().map(i -> items[i]).toArray());
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
