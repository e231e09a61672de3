import Foundation
import TensorCore

/// A masked autoencoder (He and others 2022): the encoder sees a few patches, a small decoder paints the
/// others.
///
///     patches ── drop ── embed + place ── encoder ── to decoder's width ── mask tokens into
///                                                    the gaps + place ── decoder ── pixels
final class MaskedAutoencoder: Module {
  /// The side of a patch, in pixels.
  static let patch = 4
  /// The numbers of a patch.
  static let numbers = patch * patch * 3

  /// Patches along a side of a picture.
  let grid: Int
  let embedding: Linear
  let blocks: [TransformerBlock]
  let norm: LayerNorm
  let bridge: Linear
  /// What stands where nothing was seen, `[1, decoder's width]`.
  let maskToken: Variable
  let decoder: [TransformerBlock]
  let decoderNorm: LayerNorm
  let head: Linear
  private let places: Variable
  private let decoderPlaces: Variable

  /// A network with random weights for pictures of `side` pixels.
  init(
    side: Int, width: Int = 64, depth: Int = 3, decoderWidth: Int = 48, decoderDepth: Int = 1,
    using random: inout Random
  ) {
    grid = side / MaskedAutoencoder.patch
    embedding = Linear(MaskedAutoencoder.numbers, width, initialisation: .xavier, using: &random)
    blocks = (0..<depth).map { _ in
      TransformerBlock(width, heads: 4, isCausal: false, initialisation: .xavier, using: &random)
    }
    norm = LayerNorm(width)
    bridge = Linear(width, decoderWidth, initialisation: .xavier, using: &random)
    maskToken = Variable(
      Tensor(normal: [1, decoderWidth], deviation: 0.02, using: &random), needsGradient: true)
    decoder = (0..<decoderDepth).map { _ in
      TransformerBlock(
        decoderWidth, heads: 4, isCausal: false, initialisation: .xavier, using: &random)
    }
    decoderNorm = LayerNorm(decoderWidth)
    head = Linear(decoderWidth, MaskedAutoencoder.numbers, initialisation: .xavier, using: &random)
    places = MaskedAutoencoder.waves(grid, width: width)
    decoderPlaces = MaskedAutoencoder.waves(grid, width: decoderWidth)
  }

  private init(cloning other: MaskedAutoencoder) {
    grid = other.grid
    embedding = other.embedding.clone()
    blocks = other.blocks.clone()
    norm = other.norm.clone()
    bridge = other.bridge.clone()
    maskToken = other.maskToken.clone()
    decoder = other.decoder.clone()
    decoderNorm = other.decoderNorm.clone()
    head = other.head.clone()
    (places, decoderPlaces) = (other.places, other.decoderPlaces)
  }

  var parts: Parts {
    [
      "embedding": embedding, "block": blocks, "norm": norm, "bridge": bridge,
      "maskToken": maskToken, "decoder": decoder, "decoderNorm": decoderNorm, "head": head,
    ]
  }

  func clone() -> MaskedAutoencoder { MaskedAutoencoder(cloning: self) }

  /// The patches of a picture.
  var count: Int { grid * grid }

  /// What the encoder makes of the patches that are seen.
  ///
  /// - Parameters:
  ///   - patches: `[batch, count, numbers]`.
  ///   - seen: the places that are seen, as many for each picture, `[batch][seen]`.
  /// - Returns: `[batch, seen, width]`.
  func encoded(_ patches: Variable, seen: [[Int]]) -> Variable {
    let rows = seen.indices.flatMap { picture in seen[picture].map { picture * count + $0 } }
    let tokens =
      embedding(patches.reshaped([-1, MaskedAutoencoder.numbers]).gather(rows))
      + places.gather(seen.flatMap(\.self))
    let x = tokens.reshaped([seen.count, seen[0].count, -1])
    return norm(blocks.reduce(x) { $1($0) })
  }

  /// What is painted into every patch, `[batch, count, numbers]`, from those that are seen.
  func callAsFunction(_ patches: Variable, seen: [[Int]]) -> Variable {
    let h = bridge(encoded(patches, seen: seen))
    let width = h.shape[2]
    // The row of each place: of its token where it was seen, else that of the one mask token, the last.
    let few = seen[0].count
    var rows = [Int](repeating: seen.count * few, count: seen.count * count)
    for (picture, places) in seen.enumerated() {
      for (rank, place) in places.enumerated() {
        rows[picture * count + place] = picture * few + rank
      }
    }
    let all = concatenate([h.reshaped([-1, width]), maskToken]).gather(rows)
    let x = all.reshaped([seen.count, count, width]) + decoderPlaces
    return head(decoderNorm(decoder.reduce(x) { $1($0) }))
  }

  /// The means of the four quarters of the encoder's map where all patches are seen, `[batch, 4 · width]`.
  func features(_ x: Variable) -> Variable {
    let all = [[Int]](repeating: Array(0..<count), count: x.shape[0])
    return quartered(
      encoded(MaskedAutoencoder.patches(x), seen: all).reshaped([x.shape[0], grid, grid, -1]))
  }

  /// Cuts pictures `[batch, side, side, 3]` into patches `[batch, count, numbers]`, row by row.
  static func patches(_ x: Variable) -> Variable {
    let (batch, grid) = (x.shape[0], x.shape[1] / patch)
    return x.reshaped([batch, grid, patch, grid, patch, 3]).transposed(0, 1, 3, 2, 4, 5)
      .reshaped([batch, grid * grid, numbers])
  }

  /// Puts patches together again, the way back of `patches`.
  static func pictures(_ patches: Variable, grid: Int) -> Variable {
    let batch = patches.shape[0]
    return patches.reshaped([batch, grid, grid, patch, patch, 3]).transposed(0, 1, 3, 2, 4, 5)
      .reshaped([batch, grid * patch, grid * patch, 3])
  }

  /// Patches with mean 0 and variance 1 each: the targets.
  ///
  /// The variance is the unbiased one, so that painting grey costs (n − 1) / n, and a flat patch is 0.
  static func normalised(_ patches: Variable) -> Variable {
    let mean = patches.mean(axis: 2, keepsAxis: true)
    let variance = square(patches - mean).sum(axis: 2, keepsAxis: true) / Float(numbers - 1)
    return (patches - mean) / squareRoot(variance + 1e-6)
  }

  /// Sines and cosines of the row and of the column, `[grid², width]`: which patch it is.
  private static func waves(_ grid: Int, width: Int) -> Variable {
    let quarter = width / 4
    var numbers: [Float] = []
    for place in 0..<grid * grid {
      for at in [place / grid, place % grid] {
        let angles = (0..<quarter).map { wave in
          Double(at) / pow(10_000, Double(wave) / Double(quarter))
        }
        numbers += angles.map { Float(sin($0)) } + angles.map { Float(cos($0)) }
      }
    }
    return Variable(Tensor([grid * grid, 4 * quarter], numbers))
  }
}
