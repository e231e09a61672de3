import CourseData
import TensorCore

extension Representation {
  /// The pixels of a set's pictures themselves.
  init(pixelsOf set: PictureSet) {
    self.init(
      training: set.x.reshaped([set.x.shape[0], -1]),
      test: set.testX.reshaped([set.testX.shape[0], -1]))
  }

  /// What a frozen encoder makes of the pictures.
  init(_ encoder: Encoder, _ set: PictureSet) {
    self.init(encoder, training: set.x, test: set.testX)
  }

  /// The test accuracy of a linear probe with `count` labels.
  func probed(_ set: PictureSet, labels count: Int) -> Double {
    probed(
      set.training.labels, set.test.labels, classes: set.classes, labelled: set.labelled(count))
  }
}
