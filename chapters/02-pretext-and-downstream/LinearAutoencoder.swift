import CourseData
import Notebook
import TensorCore

/// An autoencoder of two matrices, trained by its squared error, beside the principal components.
struct LinearAutoencoder {
  /// The length of the code.
  static let width = 3

  /// The mean squared distance between pictures and what the autoencoder says of them.
  let loss: Double
  /// The same for the projection onto the principal components: the least that is possible.
  let leastLoss: Double
  /// How far the autoencoder's map lies from that projection, relative to it (Frobenius norm).
  let distance: Double
  /// The cosine between each direction of the code and the principal component nearest to it.
  let cosines: [Double]
  /// The loss after the code has been mixed by a matrix and the decoder has undone it.
  let lossWhenMixed: Double

  /// Trains on points `[n, coordinates]`, all of them in every update.
  init(_ points: Variable, steps: Int, rate: Float = 0.01, seed: UInt64) {
    var random = Random(seed: seed, stream: 26)
    let x = (points - points.mean(axis: 0)).detached()
    let (size, k) = (x.shape[1], LinearAutoencoder.width)
    // From a small start, since the map is a product: W₁ [size, k], then W₂ [k, size].
    func start(_ shape: [Int]) -> Variable {
      (0.1 * Variable(Tensor(normal: shape, using: &random))).detached()
    }
    let down = Variable(start([size, k]).value, needsGradient: true)
    let up = Variable(start([k, size]).value, needsGradient: true)
    func error(_ down: Variable, _ up: Variable) -> Variable {
      square(matmul(matmul(x, down), up) - x).sum() / Float(x.shape[0])
    }
    fit(
      [NamedVariable("down", down), NamedVariable("up", up)],
      plan: PretextPlan(steps: steps, learningRate: rate), title: "Linear autoencoder"
    ) { error(down, up) }

    let components = PrincipalComponents(x, count: k, iterations: 300, using: &random)
    let v = components.directions  // [k, size]
    let (map, projection) = (
      matmul(down, up).detached(), matmul(v, v, transposingA: true).detached()
    )
    let gap = square(map - projection).sum() / square(projection).sum()
    distance = Double(gap.value.number).squareRoot()
    loss = Double(error(down, up).value.number)
    leastLoss = Double(
      (square(matmul(matmul(x, v, transposingB: true), v) - x).sum()
        / Float(x.shape[0])).value.number)
    let c = matmul(l2Normalised(up.detached()), v, transposingB: true).value
    cosines = (0..<k).map { row in (0..<k).map { Double(abs(c[row, $0])) }.max() ?? 0 }
    // G = I + N with N above the diagonal: its inverse is I − N + N².
    var mixing = Tensor([k, k], fill: 0)
    for i in 0..<k { for j in i + 1..<max(i + 1, k) { mixing[i, j] = random.normal() } }
    let n = Variable(mixing)
    let one = Variable(Tensor([k, k], (0..<k * k).map { $0 % (k + 1) == 0 ? 1 : 0 }))
    let inverse = one - n + matmul(n, n)
    lossWhenMixed = Double(
      error(matmul(down.detached(), one + n), matmul(inverse, up.detached())).value.number)
  }

  /// What was found, in a few rows.
  var table: Table {
    Table(
      "Two matrices, \(LinearAutoencoder.width) numbers between them",
      columns: [.text(""), .number("value", decimals: 4)],
      rows: [
        ["loss", .number(loss)], ["least loss (principal components)", .number(leastLoss)],
        ["distance from the projection", .number(distance)],
        ["loss with the code mixed", .number(lossWhenMixed)],
        ["largest cosine with a component", .number(cosines.max() ?? 0)],
        ["smallest of these cosines", .number(cosines.min() ?? 0)],
      ])
  }
}

extension PictureSet {
  /// Training pictures in grey, shrunk to a fourth: few enough numbers for two whole matrices.
  func thumbnails(_ count: Int) -> Variable {
    let some = x.sliced(axis: 0, 0..<min(count, training.count))
    return flattened(averagePool(grey(some), size: 4).sliced(axis: 3, 0..<1))
  }
}
