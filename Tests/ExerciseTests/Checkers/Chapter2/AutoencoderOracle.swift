/// A linear autoencoder's loss in `Double`, its differences, and products that wrong ideas take for its
/// gradient.
struct AutoencoderOracle {
  /// `[width][inputs' width]`.
  var encoder: [[Double]]
  /// `[inputs' width][width]`.
  var decoder: [[Double]]
  /// `[inputs][inputs' width]`.
  let inputs: [[Double]]

  init(_ encoder: [[Float]], _ decoder: [[Float]], _ inputs: [[Float]]) {
    self.encoder = encoder.map { $0.map(Double.init) }
    self.decoder = decoder.map { $0.map(Double.init) }
    self.inputs = inputs.map { $0.map(Double.init) }
  }

  private static func apply(_ matrix: [[Double]], _ x: [Double]) -> [Double] {
    matrix.map { row in zip(row, x).map { $0 * $1 }.reduce(0, +) }
  }

  private func output(_ x: [Double]) -> [Double] { Self.apply(decoder, Self.apply(encoder, x)) }

  var loss: Double {
    inputs.map { x in zip(x, output(x)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
      .reduce(0, +) / Double(inputs.count)
  }

  /// With the encoder's matrix turned over for the decoder's.
  var tied: Self {
    var wrong = self
    wrong.decoder = inputs[0].indices.map { axis in encoder.map { $0[axis] } }
    return wrong
  }

  /// The slope in each number.
  ///
  /// The loss is quadratic in any one number, so that a central difference is exact, however long its
  /// step.
  var gradient: (encoder: [[Float]], decoder: [[Float]]) {
    func slopes(_ matrix: WritableKeyPath<Self, [[Double]]>) -> [[Float]] {
      self[keyPath: matrix].indices.map { row in
        self[keyPath: matrix][row].indices.map { column in
          var (up, down) = (self, self)
          up[keyPath: matrix][row][column] += 1
          down[keyPath: matrix][row][column] -= 1
          return Float((up.loss - down.loss) / 2)
        }
      }
    }
    return (slopes(\.encoder), slopes(\.decoder))
  }

  /// Mean products with the factor −2, of vectors that are not the right ones.
  var outer:
    (
      withoutDecoder: [[Float]], codeForX: [[Float]], encoderOfOutput: [[Float]],
      decoderOfOutput: [[Float]], pictureForCode: [[Float]]
    )
  {
    func mean(
      _ left: ([Double]) -> [Double], _ right: ([Double]) -> [Double]
    ) -> [[Float]] {
      let pairs = inputs.map { (left($0), right($0)) }
      return pairs[0].0.indices.map { i in
        pairs[0].1.indices.map { j in
          Float(-2 * pairs.map { $0.0[i] * $0.1[j] }.reduce(0, +) / Double(pairs.count))
        }
      }
    }
    func code(_ x: [Double]) -> [Double] { Self.apply(encoder, x) }
    func left(_ x: [Double]) -> [Double] { zip(x, output(x)).map { $0 - $1 } }
    let columns = encoder.indices.map { unit in decoder.map { $0[unit] } }
    return (
      mean({ Array(left($0).prefix(encoder.count)) }, { $0 }),
      mean({ Self.apply(columns, left($0)) }, code),
      mean({ Self.apply(columns, output($0)) }, { $0 }), mean(output, code), mean(left, { $0 })
    )
  }
}
