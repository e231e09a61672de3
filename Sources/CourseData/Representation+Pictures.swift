import TensorCore

extension Representation {
  /// The pixels of pictures themselves, 0…1.
  public init(pixelsOf training: Pictures, _ test: Pictures) {
    let flat = { (pictures: Pictures) in
      Variable(pictures.tensor().reshaped([pictures.count, -1]))
    }
    self.init(training: flat(training), test: flat(test))
  }

  /// What a frozen layer makes of pictures, pixels 0…1.
  public init(_ layer: some Layer, _ training: Pictures, _ test: Pictures) {
    self.init(layer, training: Variable(training.tensor()), test: Variable(test.tensor()))
  }
}
