package io.ddgan.onednn;

import io.ddgan.contract.PlacesInBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesInBatchTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 50", "2, 1, 64", "3, 1, 512", "2, 3, 40"})
  void thePlaceOfAnExampleInItsBatchDoesNotChangeItsBits(int threads, int rows, int out) {
    PlacesInBatch.assertMakeNoDifference(Tested.engine(true, threads), rows, out);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 50", "2, 1, 64", "3, 1, 512", "2, 3, 40", "2, 1, 5"})
  void theSizeOfTheBatchDoesNotChangeItsBits(int threads, int rows, int out) {
    PlacesInBatch.assertSizesMakeNoDifference(Tested.engine(true, threads), rows, out);
  }
}
