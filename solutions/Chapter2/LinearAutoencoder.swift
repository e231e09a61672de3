// Exercise 2.5 · What a linear autoencoder leaves open (derive)
//
// A linear autoencoder brings a picture x down to a short code, W1 x, and back up, W2 W1 x; the loss is
// the squared error. A colleague compares the rows of her W1 with the principal components of the
// pictures, finds nothing in common, and says that training failed. It did not. Find out what the loss
// decides (the product W2 W1), how small it can get, and what it leaves open.
//
// Before you start: chapters/02-pretext-and-downstream/README.md, "How one fools oneself".
// Check it with: swift run course check 2.5

import Exercises

/// The least loss that a linear autoencoder of a given width can have.
///
/// The loss is the mean over the pictures of |x − W2 W1 x|². The mean of these pictures is 0 as they come.
///
/// - `eigenvalues`: of the pictures' covariance matrix (the mean of x xᵀ), in any order; none is negative
/// - `width`: how many numbers a code has, 0 or more; it may be more than there are eigenvalues
///
/// Example: eigenvalues `[1, 9, 4]`, width 1 → 5.
public func leastReconstructionLoss(eigenvalues: [Float], width: Int) throws -> Float {
  // Your answer begins here.
  return eigenvalues.sorted(by: >).dropFirst(width).reduce(0, +)
  // Your answer ends here.
}

/// The loss of a linear autoencoder and its gradient in both matrices.
///
///     loss = the mean over the inputs x of |x − W2 W1 x|²
///
/// - `encoder`: W1, `[width][inputs' width]`
/// - `decoder`: W2, `[inputs' width][width]`
/// - `inputs`: `[inputs][inputs' width]`, the x, one or more; taken as they are, whatever their mean is
/// - result: the loss, and gradients of the same shapes as W1 and W2
///
/// Example: encoder `[[1, 0]]`, decoder `[[1], [1]]`, inputs `[[1, 0], [0, 2]]`. What is left over is
/// `[0, -1]` and `[0, 2]`, so the loss is 2.5; the gradient is `[[1, -4]]` in the encoder and
/// `[[0], [1]]` in the decoder.
public func reconstruction(
  encoder: [[Float]], decoder: [[Float]], inputs: [[Float]]
) throws -> (loss: Float, encoder: [[Float]], decoder: [[Float]]) {
  // Your answer begins here.
  let count = Float(inputs.count)
  var loss: Float = 0
  var encoderSlope = encoder.map { $0.map { _ in Float(0) } }
  var decoderSlope = decoder.map { $0.map { _ in Float(0) } }
  for x in inputs {
    let code = encoder.map { dot($0, x) }
    let left = zip(x, decoder).map { $0 - dot($1, code) }
    loss += dot(left, left) / count
    for unit in encoder.indices {
      // How the loss feels the code: what is left over, seen through the decoder's column.
      let back = dot(decoder.map { $0[unit] }, left)
      for axis in x.indices {
        encoderSlope[unit][axis] -= 2 / count * back * x[axis]
        decoderSlope[axis][unit] -= 2 / count * left[axis] * code[unit]
      }
    }
  }
  return (loss, encoderSlope, decoderSlope)
  // Your answer ends here.
}

/// Whether an autoencoder has found the principal components, whatever its matrices look like.
///
/// It has if W2 W1 is the projector onto them: the matrix that leaves the components as they are and
/// turns everything orthogonal to them into 0. Every number of the two matrices must agree to 0.001.
///
/// - `encoder`, `decoder`: as above
/// - `components`: `[components][inputs' width]`, orthogonal to each other and of length 1
///
/// Example: components `[[1, 0]]`: encoder `[[2, 0]]` with decoder `[[0.5], [0]]` has found them; encoder
/// `[[1, 0]]` with decoder `[[1], [1]]` has not, and neither has `[[0.5, 0]]` with `[[1], [0]]`.
public func hasFound(
  components: [[Float]], encoder: [[Float]], decoder: [[Float]]
) throws -> Bool {
  // Your answer begins here.
  for row in decoder.indices {
    for column in decoder.indices {
      let product = dot(decoder[row], encoder.map { $0[column] })
      let projector = dot(components.map { $0[row] }, components.map { $0[column] })
      if !(abs(product - projector) <= 0.001) { return false }
    }
  }
  return true
  // Your answer ends here.
}

/// The same autoencoder with another code: what was h is now G h, and the reconstruction is what it was.
///
/// - `encoder`, `decoder`: as above
/// - `mix`: G, `[width][width]`, invertible; a 0 may stand anywhere, in the corner, too
/// - result: the new W1, which gives G times the old code, and the W2 that belongs to it
///
/// Example: encoder `[[1, 0], [0, 1]]`, decoder `[[1, 0], [0, 1]]`, mix `[[1, 1], [0, 2]]` → encoder
/// `[[1, 1], [0, 2]]`, decoder `[[1, -0.5], [0, 0.5]]`.
public func mixed(
  encoder: [[Float]], decoder: [[Float]], mix: [[Float]]
) throws -> (encoder: [[Float]], decoder: [[Float]]) {
  // Your answer begins here.
  return (product(mix, encoder), product(decoder, inverse(mix)))
  // Your answer ends here.
}

// Room for functions of your own.
// Your answer begins here.
private func dot(_ a: [Float], _ b: [Float]) -> Float {
  var sum: Float = 0
  for axis in a.indices { sum += a[axis] * b[axis] }
  return sum
}

private func product(_ a: [[Float]], _ b: [[Float]]) -> [[Float]] {
  a.map { row in
    (b.first ?? []).indices.map { column in dot(row, b.map { $0[column] }) }
  }
}

/// By Gauss and Jordan: what turns the matrix into the identity turns the identity into the inverse.
private func inverse(_ matrix: [[Float]]) -> [[Float]] {
  let size = matrix.count
  var rows = matrix.enumerated().map { place, row in
    row.map(Double.init) + (0..<size).map { $0 == place ? 1 : 0 }
  }
  for column in 0..<size {
    // The largest number left in the column, so that none is divided by 0 or nearly 0.
    let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
    rows.swapAt(column, pivot)
    rows[column] = rows[column].map { $0 / rows[column][column] }
    for other in 0..<size where other != column {
      let factor = rows[other][column]
      rows[other] = zip(rows[other], rows[column]).map { $0 - factor * $1 }
    }
  }
  return rows.map { $0.suffix(size).map(Float.init) }
}
// Your answer ends here.
