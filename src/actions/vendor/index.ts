export { createVendor } from './write.ts';
export { vendorInput } from './record-input.ts';
