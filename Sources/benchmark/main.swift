// The speed table: `swift run benchmark [matmul|gpt|simclr|inpainting|word2vec] [options]`.
//
// Compare medians of interleaved runs with those of another program on the same machine, and trust
// no single difference under a tenth: the clock of a busy machine changes within minutes.

import Foundation
import TensorCore

let options: Options
do {
  options = try Options(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("benchmark: \(error)\n".utf8))
  exit(64)
}
if options.isHelp {
  print(Options.help)
  exit(0)
}

var report = Report(isJSON: options.isJSON)
for work in options.work {
  switch work {
  case .matmul: measureMatrixProducts(options, &report)
  case .gpt: measureGPT(options, &report)
  case .simclr: measureSimCLR(options, &report)
  case .inpainting: measureInpainting(options, &report)
  case .word2vec: measureWordVectors(options, &report)
  }
}
