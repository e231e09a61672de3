import TensorCore

/// Features of a set's pictures that no probe changes: from pixels, or from a frozen encoder.
struct FrozenFeatures {
  /// Of the training pictures, `[count, width]`.
  let training: Variable
  /// Of the test pictures.
  let test: Variable

  /// The pixels themselves.
  init(pixelsOf set: PictureSet) {
    training = set.x.reshaped([set.x.shape[0], -1])
    test = set.testX.reshaped([set.testX.shape[0], -1])
  }

  /// What a frozen encoder makes of the pictures.
  init(_ encoder: Encoder, _ set: PictureSet) {
    training = encoder.frozenFeatures(set.x)
    test = encoder.frozenFeatures(set.testX)
  }

  /// The test accuracy of a linear probe with `count` labels.
  func probed(_ set: PictureSet, labels count: Int) -> Double {
    let labelled = set.labelled(count)
    let probe = LinearProbe(
      training, labelled: labelled, labels: set.labels(labelled), classes: set.classes)
    return accuracy(probe.predictions(test), set.test.labels)
  }
}
